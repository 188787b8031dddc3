// Pieces of the Python that a view offers. A name is data: as a JSON string it is a Python string too.
export const read = (name: string): string => `jq.read(${JSON.stringify(`${name}.jiqun.zip`)})`;
export const text = (value: string): string => JSON.stringify(value);
