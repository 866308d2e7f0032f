// Asks the device for a passkey and sends its answer with the form around it. Hidden where there are none.
class PassKey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", this);
  }

  async handleEvent(event) {
    event.preventDefault();
    const form = this.closest("form");
    const sorry = this.querySelector("[role=status]");
    sorry.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await this.ask());
      form.submit();
    } catch {
      sorry.hidden = false;
    }
  }

  async ask() {
    const { creation_options: make, request_options: use } = await this.told();
    const publicKey = (make ?? use).publicKey;
    publicKey.challenge = bytes(publicKey.challenge);
    for (const known of publicKey.excludeCredentials ?? publicKey.allowCredentials ?? []) known.id = bytes(known.id);
    if (!make) return plain(await navigator.credentials.get({ publicKey }), ["authenticatorData", "signature", "userHandle"]);
    publicKey.user.id = bytes(publicKey.user.id);
    publicKey.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return plain(await navigator.credentials.create({ publicKey }), ["attestationObject"]);
  }

  async told() {
    if (!this.hasAttribute("source")) return JSON.parse(document.getElementById(this.getAttribute("options")).textContent);
    const answer = await fetch(this.getAttribute("source"), { headers: { Accept: "application/json" } });
    return answer.json();
  }
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const plain = (credential, parts) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  response: Object.fromEntries(
    ["clientDataJSON", ...parts].flatMap((part) => (credential.response[part] ? [[part, text(credential.response[part])]] : [])),
  ),
  clientExtensionResults: credential.getClientExtensionResults(),
});

customElements.define("pass-key", PassKey);
