// Passkeys: the one thing of the log-in that no page can do alone. The server says what to ask the browser for, gets
// its answer and names the next page. Older browsers of offices know no parseRequestOptionsFromJSON.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

const CEREMONIES = {
  get: (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: named(options.allowCredentials),
      },
    }),
  make: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: named(options.excludeCredentials),
      },
    }),
};

function answered(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const sent = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(sent), transports: response.getTransports?.() },
  };
}

export function passkeys(root) {
  const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const isHere = (host) => location.hostname === host || location.hostname.endsWith(`.${host}`);

  async function send(address, body, headers = {}) {
    const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, ...headers } });
    return response.json();
  }

  async function run(place) {
    const { begin, finish, passkey } = place.dataset;
    const fields = new FormData();
    for (const name of ["name", "next", "kept"]) {
      // Of this page's own form: the language switch above it has a `next` as well.
      const field = place.closest("section, #content-main").querySelector(`[name=${name}]`);
      if (field) fields.set(name, field.value);
    }
    const options = await send(begin, fields);
    if (options.error || options.url) return options;
    const credential = await CEREMONIES[passkey](options);
    return send(finish, JSON.stringify(answered(credential)), { "Content-Type": "application/json" });
  }

  for (const hint of root.querySelectorAll("[data-passkey-elsewhere]"))
    hint.hidden = isHere(hint.dataset.passkeyElsewhere);
  for (const place of root.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential || !isHere(place.dataset.host)) continue;
    const button = place.querySelector("button");
    const waiting = place.querySelector("[role=status]");
    const trouble = place.querySelector("[role=alert]");
    const tell = (sentence) => {
      trouble.textContent = sentence;
      trouble.hidden = false;
    };
    place.hidden = false;
    for (const field of place.closest("section, #content-main").querySelectorAll("[data-with-passkey]"))
      field.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      trouble.hidden = true;
      waiting.textContent = waiting.dataset.says;
      try {
        const said = await run(place);
        if (said.url) {
          location.assign(said.url);
          return;
        }
        tell(said.error);
      } catch (error) {
        const { cancelled, known, broken } = trouble.dataset;
        if (error.name === "InvalidStateError") tell(known);
        else tell(error instanceof DOMException ? cancelled : broken);
      }
      button.disabled = false;
      waiting.textContent = "";
    });
  }
}
