// On phones a list's rows are cards: each cell says what its column's head said.
export function labelCards(root) {
  for (const table of root.querySelectorAll("#result_list, .tabular table")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) =>
      (head.querySelector(".text a, .text span") ?? head).textContent.trim(),
    );
    const label = (row) => {
      [...row.cells].forEach((cell, index) => {
        if (heads[index] && !cell.matches(".original, .action-checkbox")) cell.dataset.label = heads[index];
      });
    };
    for (const row of table.querySelectorAll("tbody tr")) label(row);
  }
}
