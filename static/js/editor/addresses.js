const SCHEMES = /^(https?:|mailto:|tel:|\/|#)/i

// What people type or paste, as an address; "" when it is none that a statement may lead to.
export function addressOf(typed) {
  const address = typed.trim()
  if (/\s/.test(address)) return ""
  if (SCHEMES.test(address)) return address
  if (/^[^@/:]+@[^@/:]+\.[^@/:]+$/.test(address)) return `mailto:${address}`
  if (/^[^:/@]+\.[^:/@.]+(?:[/?#].*)?$/.test(address)) return `https://${address}`
  return ""
}
