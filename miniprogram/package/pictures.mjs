// Draws icons and drawings as pictures into a built mini-program, whose image element does not promise SVG on every
// phone. Usage: node package/pictures.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { build } from 'esbuild'
import UPNG from 'upng-js'

const words = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/words')

/** Of one ink on nothing more cannot be told apart, and the pictures are a third as large. */
const shades = 16

/** No picture has letters, and reading the machine's fonts for each takes longer than drawing it. */
const noLetters = { loadSystemFonts: false }

/** The client's own module about pictures. */
async function drawn() {
  const one = await build({
    stdin: { contents: "export * from './drawn'; export * from './icons'; export * from './drawings'", resolveDir: words },
    bundle: true, write: false, format: 'esm',
  })
  return import('data:text/javascript,' + encodeURIComponent(one.outputFiles[0].text))
}

/** Writes every picture that the program may name, three times as large as it is shown. */
export async function draw(folder) {
  const w = await drawn()
  const write = (file, svg, width) => {
    const to = path.join(folder, file)
    mkdirSync(path.dirname(to), { recursive: true })
    const picture = UPNG.decode(new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: noLetters }).render().asPng())
    writeFileSync(to, Buffer.from(UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, shades)))
  }
  for (const name of Object.keys(w.icons)) {
    for (const ink of Object.keys(w.inks)) write(w.iconFile(name, ink), w.iconSVG(name, ink), 72)
  }
  for (const name of Object.keys(w.drawings)) write(w.drawingFile(name), w.drawingSVG(name), 240)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await draw(process.argv[2])
