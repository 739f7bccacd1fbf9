// Countries of subscribers and of host names, as two-letter codes (ISO 3166-1) in lower case.

/** ITU-T E.164 country codes; several countries share some. */
const CALLING =
  '1:us ca ag ai as bb bm bs dm do gd gu jm kn ky lc mp ms pr sx tc tt vc vg vi|7:ru kz|20:eg|27:za|30:gr|31:nl|32:be|' +
  '33:fr|34:es|36:hu|39:it va|40:ro|41:ch|43:at|44:uk gg im je|45:dk|46:se|47:no|48:pl|49:de|51:pe|52:mx|53:cu|54:ar|' +
  '55:br|56:cl|57:co|58:ve|60:my|61:au|62:id|63:ph|64:nz|65:sg|66:th|81:jp|82:kr|84:vn|86:cn|90:tr|91:in|92:pk|93:af|' +
  '94:lk|95:mm|98:ir|211:ss|212:ma eh|213:dz|216:tn|218:ly|220:gm|221:sn|222:mr|223:ml|224:gn|225:ci|226:bf|227:ne|' +
  '228:tg|229:bj|230:mu|231:lr|232:sl|233:gh|234:ng|235:td|236:cf|237:cm|238:cv|239:st|240:gq|241:ga|242:cg|243:cd|' +
  '244:ao|245:gw|248:sc|249:sd|250:rw|251:et|252:so|253:dj|254:ke|255:tz|256:ug|257:bi|258:mz|260:zm|261:mg|262:re yt|' +
  '263:zw|264:na|265:mw|266:ls|267:bw|268:sz|269:km|291:er|297:aw|298:fo|299:gl|350:gi|351:pt|352:lu|353:ie|354:is|' +
  '355:al|356:mt|357:cy|358:fi ax|359:bg|370:lt|371:lv|372:ee|373:md|374:am|375:by|376:ad|377:mc|378:sm|380:ua|381:rs|' +
  '382:me|383:xk|385:hr|386:si|387:ba|389:mk|420:cz|421:sk|423:li|500:fk|501:bz|502:gt|503:sv|504:hn|505:ni|506:cr|' +
  '507:pa|509:ht|590:gp|591:bo|592:gy|593:ec|594:gf|595:py|596:mq|597:sr|598:uy|599:cw|670:tl|673:bn|674:nr|675:pg|' +
  '676:to|677:sb|678:vu|679:fj|685:ws|687:nc|689:pf|850:kp|852:hk|853:mo|855:kh|856:la|880:bd|886:tw|960:mv|961:lb|' +
  '962:jo|963:sy|964:iq|965:kw|966:sa|967:ye|968:om|970:ps|971:ae|972:il ps|973:bh|974:qa|975:bt|976:mn|977:np|992:tj|' +
  '993:tm|994:az|995:ge|996:kg|998:uz';

/** ITU-T E.212 mobile country codes. */
const MOBILE =
  '202:gr|204:nl|206:be|208:fr|212:mc|213:ad|214:es|216:hu|218:ba|219:hr|220:rs|221:xk|222:it|226:ro|228:ch|230:cz|' +
  '231:sk|232:at|234:uk|235:uk|238:dk|240:se|242:no|244:fi|246:lt|247:lv|248:ee|250:ru|255:ua|257:by|259:md|260:pl|' +
  '262:de|266:gi|268:pt|270:lu|272:ie|274:is|276:al|278:mt|280:cy|282:ge|283:am|284:bg|286:tr|288:fo|290:gl|293:si|' +
  '294:mk|295:li|297:me|302:ca|310:us|311:us|312:us|313:us|314:us|315:us|316:us|330:pr|334:mx|338:jm|368:cu|370:do|' +
  '372:ht|374:tt|400:az|401:kz|404:in|405:in|406:in|410:pk|412:af|413:lk|414:mm|415:lb|416:jo|417:sy|418:iq|419:kw|' +
  '420:sa|421:ye|422:om|424:ae|425:il|426:bh|427:qa|428:mn|429:np|430:ae|431:ae|432:ir|434:uz|436:tj|437:kg|438:tm|' +
  '440:jp|441:jp|450:kr|452:vn|454:hk|455:mo|456:kh|457:la|460:cn|461:cn|466:tw|467:kp|470:bd|472:mv|502:my|505:au|' +
  '510:id|514:tl|515:ph|520:th|525:sg|528:bn|530:nz|537:pg|542:fj|602:eg|603:dz|604:ma|605:tn|606:ly|607:gm|608:sn|' +
  '609:mr|610:ml|611:gn|612:ci|613:bf|614:ne|615:tg|616:bj|617:mu|618:lr|619:sl|620:gh|621:ng|622:td|623:cf|624:cm|' +
  '625:cv|627:gq|628:ga|629:cg|630:cd|631:ao|634:sd|635:rw|636:et|637:so|638:dj|639:ke|640:tz|641:ug|642:bi|643:mz|' +
  '645:zm|646:mg|648:zw|649:na|650:mw|651:ls|652:bw|653:sz|655:za|702:bz|704:gt|706:sv|708:hn|710:ni|712:cr|714:pa|' +
  '716:pe|722:ar|724:br|730:cl|732:co|734:ve|736:bo|738:gy|740:ec|744:py|746:sr|748:uy';

const table = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    text.split('|').map((entry) => {
      const [digits = '', countries = ''] = entry.split(':');
      return [digits, countries.split(' ')];
    }),
  );

const BY_CALLING = table(CALLING);
const BY_MOBILE = table(MOBILE);
const COUNTRIES: ReadonlySet<string> = new Set([...BY_CALLING.values(), ...BY_MOBILE.values()].flat());

/** Domains of countries that the whole world registers in: they tell nothing. */
const FOR_ANYBODY: ReadonlySet<string> = new Set(
  'ag ai am as cc cd co dj fm gd gg gl im io is je la li ly md me ms mu nu pw sc sh so st tc tk to tv vc vg ws'.split(
    ' ',
  ),
);

/** Countries a subscriber may be of: by the IMSI, else by an international number; empty where nothing tells. */
export function countriesOf(who: { readonly imsi: string | null; readonly number: string | null }): readonly string[] {
  const byImsi = who.imsi === null ? undefined : BY_MOBILE.get(who.imsi.slice(0, 3));
  if (byImsi !== undefined) return byImsi;
  const digits = /^\+(\d{8,15})$/.exec(who.number ?? '')?.[1];
  if (digits === undefined) return [];
  for (const n of [1, 2, 3]) {
    const found = BY_CALLING.get(digits.slice(0, n));
    if (found !== undefined) return found;
  }
  return [];
}

/** The country a top-level domain stands for; null for others, and for those that anybody uses. */
export const countryOfDomain = (tld: string): string | null =>
  !FOR_ANYBODY.has(tld) && (COUNTRIES.has(tld) || tld === 'gb') ? (tld === 'gb' ? 'uk' : tld) : null;

/** 3GPP TS 23.003 19.2: 'mnc001.mcc262.3gppnetwork.org', 'internet.mnc001.mcc262.gprs'. */
export function countriesOfOperatorName(host: string): readonly string[] {
  const mcc = /(?:^|\.)mnc\d{2,3}\.mcc(\d{3})(?:\.|$)/.exec(host)?.[1];
  return mcc === undefined ? [] : (BY_MOBILE.get(mcc) ?? []);
}

/** 'Germany'. The code in capitals where the host has no names. */
export function countryName(code: string): string {
  return NAMES.get(code) ?? code.toUpperCase();
}

/** Names of countries that are met most; others are shown by their code. */
const NAMES: ReadonlyMap<string, string> = new Map(
  (
    'ae:United Arab Emirates|at:Austria|au:Australia|be:Belgium|bg:Bulgaria|br:Brazil|by:Belarus|ca:Canada|ch:Switzerland|' +
    'cn:China|cz:Czechia|de:Germany|dk:Denmark|ee:Estonia|es:Spain|fi:Finland|fr:France|gr:Greece|hk:Hong Kong|hr:Croatia|' +
    'hu:Hungary|id:Indonesia|ie:Ireland|il:Israel|in:India|ir:Iran|it:Italy|jp:Japan|kp:North Korea|kr:South Korea|' +
    'kz:Kazakhstan|lt:Lithuania|lv:Latvia|mx:Mexico|my:Malaysia|ng:Nigeria|nl:the Netherlands|no:Norway|nz:New Zealand|' +
    'ph:the Philippines|pk:Pakistan|pl:Poland|pt:Portugal|ro:Romania|rs:Serbia|ru:Russia|sa:Saudi Arabia|se:Sweden|' +
    'sg:Singapore|sk:Slovakia|th:Thailand|tr:Turkey|tw:Taiwan|ua:Ukraine|uk:the United Kingdom|us:the United States|' +
    'vn:Viet Nam|za:South Africa'
  )
    .split('|')
    .map((e) => [e.slice(0, 2), e.slice(3)]),
);
