/** `/zone/graphql` → `/zone/files`: what is mounted is mounted together. */
export const besideEndpoint = (endpoint: string, path: string): string => endpoint.replace(/graphql\/?$/, path);

/** Hands content to the browser as a file to save. */
export const saveBlob = (blob: Blob, fileName: string): void => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the content by the next task; kept longer, it would only hold memory.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
