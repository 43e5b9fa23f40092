// Before anything is drawn: the scheme that the reader has chosen, or that the system asks for.
// Without a script the style sheets follow the system by themselves.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    let chosen = "auto";
    try { chosen = localStorage.getItem("databook-scheme") || "auto"; } catch { /* storage is off */ }
    const scheme = chosen === "auto" ? (dark.matches ? "slate" : "default") : chosen;
    document.documentElement.setAttribute("data-md-color-scheme", scheme);
    document.documentElement.setAttribute("data-scheme-choice", chosen);
  };
  show();
  dark.addEventListener("change", show);
  addEventListener("databook-scheme", show);
})();
