// Finds the word that was meant by a misspelt one. Only loaded where no page has a word.

// How many letters differ, are missing, too many or changed places with the next.
export const distance = (one, other) => {
  const rows = [...Array(one.length + 1)].map((_, i) => [i, ...Array(other.length).fill(0)]);
  for (let j = 1; j <= other.length; j += 1) rows[0][j] = j;
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
};

// A slip in a word of five letters, two in one of eight; shorter words are too many alike.
export const nearest = async (root, word) => {
  if (!/^\p{L}{5,}$/u.test(word)) return "";
  const file = /[a-z]/.test(word[0]) ? word[0] : `u${word.codePointAt(0).toString(16)}`;
  const answer = await fetch(`${root}search-index/words/${file}.json`);
  if (!answer.ok) return "";
  const slips = word.length < 8 ? 1 : 2;
  const near = (await answer.json()).map((other) => [distance(word, other), other]).filter(([far]) => far <= slips);
  return near.sort(([a], [b]) => a - b)[0]?.[1] || "";
};
