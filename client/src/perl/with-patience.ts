/** What comes of something within a number of milliseconds; undefined where it takes longer, or fails. */
export async function withPatience<T>(work: Thenable<T>, milliseconds: number): Promise<T | undefined> {
  let impatience: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    impatience = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(impatience);
  }
}
