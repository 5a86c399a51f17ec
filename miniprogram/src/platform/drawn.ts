// Where icons and drawings come from: a browser draws them, WeChat shows pictures that came with the package.
import { drawingFile, drawingSVG, iconFile, iconSVG, type Ink } from '@/words/drawn'
import type { Drawing } from '@/words/drawings'
import type { Icon } from '@/words/icons'

/** What an image element shows as the icon. */
export function iconSource(name: Icon, ink: Ink): string {
  // #ifndef MP-WEIXIN
  return 'data:image/svg+xml,' + encodeURIComponent(iconSVG(name, ink))
  // #endif
  // #ifdef MP-WEIXIN
  return iconFile(name, ink)
  // #endif
}

/** What an image element shows as the drawing. */
export function drawingSource(name: Drawing): string {
  // #ifndef MP-WEIXIN
  return 'data:image/svg+xml,' + encodeURIComponent(drawingSVG(name))
  // #endif
  // #ifdef MP-WEIXIN
  return drawingFile(name)
  // #endif
}
