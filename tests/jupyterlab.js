// What a test asks of a notebook that is open in JupyterLab.
// The server is started with --expose-app-in-browser, which gives `jupyterapp`.

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const panel = () => jupyterapp.shell.currentWidget;
const nodes = (selector, within = panel().node) => Array.from(within.querySelectorAll(selector));

const start = 120_000; // the longest wait for a page or a kernel

async function until(condition) {
  for (const end = Date.now() + start; !condition(); await pause(100)) {
    if (Date.now() > end) throw new Error(`waited too long for ${condition}`);
  }
}

async function opened() {
  await until(() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length);
  await panel().context.ready;
  await panel().sessionContext.ready;
  await panel().revealed;
  await until(() => panel().sessionContext.kernelDisplayStatus === "idle");
  await settled();
}

// Formulas and pictures come later than the cells they stand in: wait until nothing moves.
async function settled() {
  const moving = () => [panel().node.querySelectorAll("*").length,
    panel().content.node.querySelector(".jp-WindowedPanel-outer").scrollHeight,
    nodes("img").filter(image => !image.complete).length].join();
  for (let before = "", quiet = 0; quiet < 4; await pause(250)) {
    quiet = before === moving() ? quiet + 1 : 0;
    before = moving();
  }
}

const running = () => nodes(".jp-InputArea-prompt").some(node => node.textContent.includes("*"));

async function finished() {
  for (let quiet = 0; quiet < 4; await pause(250)) {
    const idle = panel().sessionContext.kernelDisplayStatus === "idle";
    quiet = idle && !running() ? quiet + 1 : 0;
  }
  await settled();
}

// What Shift-Enter does in each cell; a cell that fails does not stop the next one.
async function runOneByOne() {
  panel().content.activeCellIndex = 0;
  for (const cell of panel().content.widgets.slice()) {
    await jupyterapp.commands.execute("notebook:run-cell-and-select-next");
  }
  await finished();
}

async function cells() {
  const found = panel().content.widgets.map(cell => cell.model.toJSON());
  for (const output of found.flatMap(cell => cell.outputs ?? [])) {
    for (const kind of Object.keys(output.data ?? {})) {
      if (kind.startsWith("image/")) output.data[kind] = "";
    }
  }
  return found;
}

async function rendering() {
  const folded = nodes("details").map(details => [details, opens(details)]);
  await settled();
  const shut = folded.filter(([, opened]) => !opened).map(([details]) => details);
  return panel().content.widgets.map((cell, index) => ({
    index,
    text: nodes(".jp-RenderedMarkdown, .jp-RenderedHTML", cell.node).map(prose).join("\n"),
    mathErrors: nodes("mjx-merror, [data-mjx-error]", cell.node).map(node => node.textContent),
    images: nodes("img", cell.node).map(image => ({
      alt: image.getAttribute("alt") ?? "",
      loaded: image.complete && image.naturalWidth > 0 && image.clientWidth > 0,
    })),
    shut: shut.filter(details => cell.node.contains(details)).map(node => node.textContent),
    wide: wide(cell.node),
    numbers: nodes(".jp-RenderedMarkdown ol", cell.node).map(list => list.start),
    links: nodes(".jp-RenderedMarkdown a[href]", cell.node)
      .filter(link => !link.classList.contains("jp-InternalAnchorLink"))
      .map(link => link.getAttribute("href")),
    lost: nodes(".jp-RenderedMarkdown a[href^='#']", cell.node)
      .map(link => decodeURIComponent(link.getAttribute("href").slice(1)))
      .filter(name => !leads(name)),
    errorLines: nodes("[data-mime-type='application/vnd.jupyter.stderr']", cell.node)
      .map(node => node.innerText.trim().split("\n").length)
      .reduce((sum, lines) => sum + lines, 0),
  }));
}

// Click the summary, as one does who wants to read what is folded away.
function opens(details) {
  const before = details.getBoundingClientRect().height;
  details.querySelector("summary")?.click();
  return details.open && details.getBoundingClientRect().height > before;
}

// The text of a rendered piece without code and formulas.
function prose(node) {
  const copy = node.cloneNode(true);
  nodes("code, pre, mjx-container, a.jp-InternalAnchorLink", copy).forEach(part => part.remove());
  return copy.textContent;
}

// What sticks out of its cell to the right, or hides a part of itself behind a scroll bar.
function wide(cell) {
  const edge = cell.getBoundingClientRect().right + 1;
  const parts = nodes("*", cell).filter(part => !part.closest("mjx-assistive-mml"));
  const scrolls = part => part.scrollWidth > part.clientWidth + 1
    && ["auto", "scroll", "hidden"].includes(getComputedStyle(part).overflowX);
  const shown = part => part.getClientRects().length > 0 && part.clientWidth > 1;
  return parts.filter(part => shown(part)
      && (part.getBoundingClientRect().right > edge || scrolls(part)))
    .map(part => `${part.tagName}.${part.className?.baseVal ?? part.className}: `
      + `${part.textContent.trim().slice(0, 80)}`);
}

function leads(name) {
  return nodes("[id], [data-jupyter-id]").some(node =>
    name === node.id || name === node.dataset.jupyterId);
}

async function turnTo(page) {
  const scrolled = panel().content.node.querySelector(".jp-WindowedPanel-outer");
  const step = scrolled.clientHeight - 40;
  const seen = (page - 1) * step + scrolled.clientHeight;
  if (page > 0 && seen >= scrolled.scrollHeight) return false;
  document.activeElement?.blur();
  scrolled.scrollTop = page * step;
  await pause(150);
  return true;
}

async function shutDown() {
  await panel().sessionContext.shutdown();
}
