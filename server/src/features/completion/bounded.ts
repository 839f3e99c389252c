import type { Suggestion } from "./suggestion.ts";

/** Nobody reads through more; whoever types on sees what fits better. */
export const mostItems = 200;

/** What is offered of many values, and whether there are more. */
export interface BoundedSuggestions {
  readonly suggestions: readonly Suggestion[];
  readonly isIncomplete: boolean;
}

/**
 * All suggestions where they are few; of more the first that fit.
 *
 * @param typed what stands before the caret
 */
export function bounded(suggestions: readonly Suggestion[], typed: string): BoundedSuggestions {
  if (suggestions.length <= mostItems) return { suggestions, isIncomplete: false };
  const fits = fitting(typed);
  const chosen: Suggestion[] = [];
  for (const each of suggestions) {
    if (chosen.length >= mostItems) break;
    if (fits(each.value.toLowerCase())) chosen.push(each);
  }
  return { suggestions: chosen, isIncomplete: true };
}

/** Tells whether a text in lower case has the typed letters in their order, as editors compare them. */
export function fitting(typed: string): (folded: string) => boolean {
  const letters = typed.toLowerCase();
  if (letters === "") return () => true;
  return (folded) => {
    if (folded.includes(letters)) return true;
    let at = 0;
    for (const letter of letters) {
      at = folded.indexOf(letter, at) + 1;
      if (at === 0) return false;
    }
    return true;
  };
}
