// Says on the page that a passkey was not used; allauth's script only tells the console.
document.addEventListener("allauth.error", (event) => {
  const said = document.getElementById("passkey-failed");
  if (!said) return;
  event.preventDefault();
  said.hidden = false;
});
