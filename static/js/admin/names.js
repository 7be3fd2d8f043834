// Names for the fields that Django leaves without: in rows of a list, and where Select2 puts its own.
function nameRows(root) {
  for (const table of root.querySelectorAll(".tabular table")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, index) => {
        for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
          if (heads[index] && !field.labels?.length) field.setAttribute("aria-label", heads[index]);
        }
      });
    }
  }
}

const nameOf = (select) => select.getAttribute("aria-label") ?? select.labels?.[0]?.textContent.trim().replace(/:$/, "");

// Without the signs that take a choice away.
function chosenIn(shown) {
  const choices = [...(shown?.querySelectorAll(".select2-selection__choice") ?? [])].map(({ title }) => title);
  return choices.join(", ") || shown?.title || shown?.textContent.trim();
}

function nameSelect2(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const name = nameOf(select);
    const box = select.nextElementSibling;
    if (!name || !box?.matches(".select2")) continue;
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
    box.querySelector(".select2-selection__rendered[role=textbox]")?.setAttribute("aria-label", name);
    const selection = box.querySelector(".select2-selection");
    const chosen = chosenIn(selection?.querySelector(".select2-selection__rendered"));
    selection?.setAttribute("aria-label", chosen ? `${name}: ${chosen}` : name);
    selection?.removeAttribute("aria-labelledby");
    // For the mouse only, and no item of the list in which it stands: keys take away one choice after the other.
    selection?.querySelector(".select2-selection__clear")?.setAttribute("aria-hidden", "true");
  }
}

export function nameInputs(root) {
  const all = () => {
    nameRows(root);
    nameSelect2(root);
  };
  const $ = window.django?.jQuery;
  if ($) {
    $(root).on("select2:open", (event) => {
      const name = nameOf(event.target);
      const field = document.querySelector(".select2-container--open .select2-search__field");
      if (name && field) field.setAttribute("aria-label", name);
    });
    $(root).on("select2:select select2:unselect change", "select", () => setTimeout(all));
  }
  root.addEventListener("formset:added", () => setTimeout(all));
  // Select2 sets itself up in jQuery's ready handlers, which come late, even after the load event: queue behind them.
  if ($) $(() => setTimeout(all));
  else all();
}
