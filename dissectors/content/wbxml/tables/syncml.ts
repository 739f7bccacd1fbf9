// Token tables of SyncML: the representation protocol with its meta information on code page 1 and, for management
// objects, the description framework on code page 2; device information by itself.

import { isSecretText } from '../../dm/names.ts';
import { page, run, type TokenTable } from '../table.ts';

// OMA-TS-SyncML_RepPro-V1_2, WBXML definitions. 1.0 and 1.1 have a part of them at the same numbers.
const SYNCML_TAGS = run(
  0x05,
  'Add Alert Archive Atomic Chal Cmd CmdID CmdRef Copy Cred Data Delete Exec Final Get Item Lang LocName LocURI Map ' +
    'MapItem Meta MsgID MsgRef NoResp NoResults Put Replace RespURI Results Search Sequence SessionID SftDel Source ' +
    'SourceRef Status Sync SyncBody SyncHdr SyncML Target TargetRef - VerDTD VerProto NumberOfChanges MoreData Field ' +
    'Filter Record FilterType SourceParent TargetParent Move Correlator',
);

// OMA-TS-SyncML_MetaInfo-V1_2.
const METINF_TAGS = run(
  0x05,
  'Anchor EMI Format FreeID FreeMem Last Mark MaxMsgSize Mem MetInf Next NextNonce SharedMem Size Type Version ' +
    'MaxObjSize FieldLevel FP ID IDContainer IDPair',
);

// OMA-TS-DM_TND-V1_2, DMDDF.
const DMDDF_TAGS = run(
  0x05,
  'AccessType ACL Add b64 bin bool chr CaseSense CIS Copy CS date DDFName DefaultValue Delete Description DFFormat ' +
    'DFProperties DFTitle DFType Dynamic Exec float Format Get int Man MgmtTree MIME Mod Name Node node NodeName null ' +
    'Occurrence One OneOrMore OneOrN Path Permanent Replace RTProperties Scope Size time Title TStamp Type Value VerDTD ' +
    'VerNo xml ZeroOrMore ZeroOrN ZeroOrOne',
);

// OMA-TS-DS_DevInf-V1_2.
const DEVINF_TAGS = run(
  0x05,
  'CTCap CTType DataStore DataType DevID DevInf DevTyp DisplayName DSMem Ext FwV HwV Man MaxGUIDSize MaxID MaxMem Mod ' +
    'OEM ParamName PropName Rx Rx-Pref SharedMem MaxSize SourceRef SwV SyncCap SyncType Tx Tx-Pref ValEnum VerCT VerDTD ' +
    'XNam XVal UTC SupportNumberOfChanges SupportLargeObjs Property PropParam MaxOccur NoTruncate - Filter-Rx FilterCap ' +
    'FilterKeyword FieldLevel SupportHierarchicalSync',
);

const PAGES = new Map([
  [0, page({ tags: SYNCML_TAGS })],
  [1, page({ tags: METINF_TAGS })],
  [2, page({ tags: DMDDF_TAGS })],
]);

const syncml = (version: string, publicId: number, mediaTypes: readonly string[]): TokenTable => ({
  id: `syncml${version.replace('.', '')}`,
  title: `SyncML ${version}`,
  publicId,
  publicIdText: `-//SYNCML//DTD SyncML ${version}//EN`,
  root: 'SyncML',
  mediaTypes,
  wholeValues: false,
  // Data travel in opaque form as often as in strings.
  opaque: true,
  secretText: isSecretText,
  pages: PAGES,
});

export const SYNCML_12 = syncml('1.2', 0x1201, [
  'application/vnd.syncml.dm+wbxml',
  'application/vnd.syncml.dm+xml',
  'application/vnd.syncml+wbxml',
  'application/vnd.syncml+xml',
]);
export const SYNCML_11 = syncml('1.1', 0x0fd3, []);
export const SYNCML_10 = syncml('1.0', 0x0fd1, []);

const devinf = (version: string, publicId: number, mediaTypes: readonly string[]): TokenTable => ({
  id: `devinf${version.replace('.', '')}`,
  title: `SyncML device information ${version}`,
  publicId,
  publicIdText: `-//SYNCML//DTD DevInf ${version}//EN`,
  root: 'DevInf',
  mediaTypes,
  wholeValues: false,
  pages: new Map([[0, page({ tags: DEVINF_TAGS })]]),
});

export const DEVINF_12 = devinf('1.2', 0x1203, ['application/vnd.syncml-devinf+wbxml']);
export const DEVINF_11 = devinf('1.1', 0x0fd4, []);
