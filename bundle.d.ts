/** Bundles into a folder; the paths of everything that went in. */
export function bundleProgram(folder: string, options: { readonly minify: boolean }): Promise<string[]>;
