// Who uses this window.

/** Who uses this window of the demo. Elsewhere there is one person a phone, and this is empty. */
export function persona(): string {
  // #ifdef H5
  return sessionStorage.getItem('persona') ?? 'resident'
  // #endif
  // #ifndef H5
  return ''
  // #endif
}

/** Uses this window of the demo as another person. */
export function become(name: string): void {
  // #ifdef H5
  sessionStorage.setItem('persona', name)
  window.location.hash = '#/'
  window.location.reload()
  // #endif
}

/** Loads the page anew, after the demo's clock has moved. */
export function reload(): void {
  // #ifdef H5
  window.location.reload()
  // #endif
}
