/* Small helps; every page works without them. */
"use strict";

// A form is sent once: later submissions of the same page are ignored until an answer comes.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (button) setTimeout(() => button.setAttribute("aria-disabled", "true"));
});
const release = () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("form [aria-disabled=true]")) button.removeAttribute("aria-disabled");
};
window.addEventListener("pageshow", release);
document.addEventListener("htmx:afterRequest", release);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  // An open menu closes on a click elsewhere.
  for (const menu of document.querySelectorAll("details.xf-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.xf-menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The summary of errors is read first.
document.querySelector("#errors")?.focus();

// Buttons that only script can serve appear with script.
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
