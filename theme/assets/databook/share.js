// "Use this chart elsewhere": a button that copies each text, and a PNG where the book holds none.
// Without this script the texts can be marked and copied, and the SVG be downloaded.

const SCALE = 2; // pixels of the PNG to one of the drawing

const button = (text, className) =>
  Object.assign(document.createElement("button"), { type: "button", className, textContent: text });

const copy = async (field, pressed) => {
  const asWritten = pressed.textContent;
  try {
    await navigator.clipboard.writeText(field.value);
    pressed.textContent = "Copied";
  } catch { // not allowed here: leave it marked, ready to be copied by hand
    field.select();
    pressed.textContent = "Marked: copy it now";
  }
  setTimeout(() => { pressed.textContent = asWritten; }, 3000);
};

const drawn = (address) => new Promise((done, failed) => {
  const picture = new Image();
  picture.onload = () => done(picture);
  picture.onerror = failed;
  picture.src = address;
});

const download = async (address, name) => {
  const picture = await drawn(address);
  const canvas = Object.assign(document.createElement("canvas"), {
    width: picture.naturalWidth * SCALE,
    height: picture.naturalHeight * SCALE,
  });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = Object.assign(document.createElement("a"), {
    href: URL.createObjectURL(made),
    download: `${name}.png`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

for (const share of document.querySelectorAll(".db-share")) {
  for (const field of share.querySelectorAll("textarea")) {
    const pressed = button("Copy", "db-button");
    pressed.setAttribute("aria-describedby", field.id);
    const said = document.querySelector(`label[for="${field.id}"]`).textContent;
    pressed.setAttribute("aria-label", `Copy: ${said}`);
    pressed.addEventListener("click", () => {
      pressed.removeAttribute("aria-label"); // from now on the button says what became of it
      copy(field, pressed);
    });
    field.after(pressed);
  }
  const list = share.querySelector(".db-takes");
  if (list.querySelector('a[href$=".png"]')) continue;
  const pressed = button("Picture (PNG)", "db-button");
  pressed.addEventListener("click", () => {
    download(share.dataset.picture, share.dataset.name).catch(() => {
      pressed.textContent = "This browser cannot draw it; take the SVG";
    });
  });
  const entry = document.createElement("li");
  entry.append(pressed);
  list.children[0].after(entry);
}
