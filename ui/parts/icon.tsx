// A dozen line icons, 16 by 16.

const PATHS = {
  open: 'M2 4.5h4l1.5 1.5H14v7H2zM2 8h12',
  chevron: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M2.5 8h11M5 5L2.5 8 5 11M11 5l2.5 3-2.5 3',
  search: 'M7 3a4 4 0 1 1 0 8a4 4 0 0 1 0-8M10 10l3.5 3.5',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  help: 'M5.8 6a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4M8 12v.2',
  eye: 'M1.8 8C3.6 4.9 5.7 3.5 8 3.5s4.4 1.4 6.2 4.5C12.400 11.1 10.300 12.500 8 12.500S3.600 11.100 1.800 8M8 6.200a1.800 1.800 0 1 1 0 3.600a1.800 1.800 0 0 1 0-3.600',
  hidden:
    'M1.8 8C3.600 4.900 5.700 3.500 8 3.500s4.400 1.400 6.200 4.500C12.400 11.100 10.300 12.500 8 12.500S3.600 11.100 1.800 8M3 13L13 3',
  copy: 'M5.500 5.500h7.500v8H5.500zM3 10.500v-8h7.500',
  stop: 'M4.500 4.500h7v7h-7z',
  legend: 'M3 4.500h2M3 8h2M3 11.500h2M7.500 4.500H13M7.500 8H13M7.500 11.500H13',
  pin: 'M8 9.500V14M5 2.500h6M6 2.500v4L4 9.500h8L10 6.500v-4',
  octets: 'M2.500 4h3v3h-3zM2.500 9h3v3h-3zM8 4h5.500M8 7h5.500M8 9h5.500M8 12h5.500',
  bookmark: 'M4.500 2.500h7v11L8 10.500l-3.500 3z',
  more: 'M3.500 8h.010M8 8h.010M12.500 8h.010',
  lock: 'M4 7.500h8v6H4zM5.500 7.500v-2a2.500 2.500 0 0 1 5 0v2',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path
      d={PATHS[name]}
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
