// The API counts code points, JavaScript counts UTF-16 units: an emoji or a rare Chinese character is one there, two here.
export function unitIndex(text, codePoints) {
  let index = 0;
  for (let passed = 0; passed < codePoints && index < text.length; passed += 1) {
    index += text.codePointAt(index) > 0xffff ? 2 : 1;
  }
  return index;
}

// [before, quoted, after] of the code points start..end
export function split(text, start, end) {
  const from = unitIndex(text, start);
  const to = from + unitIndex(text.slice(from), end - start);
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}
