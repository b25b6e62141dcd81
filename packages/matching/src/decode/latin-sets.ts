/** Sets of Latin letters that were read as Latin-1 or windows-1252, by where their letters stand. */
export const writersByLetters = [
  "windows-1250",
  "windows-1254",
  "windows-1257",
  "iso-8859-2",
  "iso-8859-15",
  "iso-8859-16",
] as const;
