/* Opens the fields of another scale as soon as that is chosen.

   Without this file they are opened by hand, as any folded part of a page. */
"use strict";

(function () {
  const scale = document.getElementById("id_scale");
  const fields = document.querySelector("details.nb-own-scale");
  if (!scale || !fields) return;

  scale.addEventListener("change", () => {
    if (scale.value === "own") fields.open = true;
  });
})();
