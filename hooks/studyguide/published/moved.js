// A page that has moved: sends its reader on with the part behind "#", which only a script can see.
// Without this file the page still leads on: by itself where scripts are off, else by its link.
(() => {
  let anchor = location.hash.slice(1);
  try {
    anchor = decodeURIComponent(anchor);
  } catch {
    // No encoding of anything: taken as it is.
  }
  const known = anchor && document.getElementById(anchor);
  const { href } = known || document.querySelector("a");
  location.replace(known || href.includes("#") ? href : href + location.hash);
})();
