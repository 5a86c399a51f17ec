// Line drawings for pages with nothing on them, on a grid of 120: a few strokes, paper inside, and the ground below.
const ground = '<path d="M20 104h80" stroke-opacity=".45"/>'

export const drawings = {
  // a wish card with its torn edge
  wish: '<path d="M34 22h52v78l-13-8-13 8-13-8-13 8z" fill="#fff"/><path d="M46 44h28M46 57h28M46 70h16"/>',
  // a notice board on two posts, bare
  hall: '<path d="M34 78v26M86 78v26"/><path d="M24 30h72v48H24z" fill="#fff"/><path d="M20 30l40-14 40 14"/>' +
    '<path d="M36 44h20v14H36zM66 50h18" stroke-opacity=".55"/>',
  // a magnifier over an empty card
  search: '<path d="M30 24h46v76H30z" fill="#fff"/><path d="M42 42h22M42 55h12" stroke-opacity=".55"/>' +
    '<path d="M70 84a16 16 0 1 0 0-32 16 16 0 0 0 0 32z" fill="#fff"/><path d="M82 80l14 16"/>',
  // a letter box with its flag down
  inbox: '<path d="M60 78v26M52 104h16"/><path d="M26 78V50a15 15 0 0 1 15-15h38a15 15 0 0 1 15 15v28z" fill="#fff"/>' +
    '<path d="M56 78V50a15 15 0 0 0-15-15"/><path d="M34 52h14M72 52v12h10"/>',
  // an empty basket
  claims: '<path d="M28 56h64l-7 46H35z" fill="#fff"/><path d="M22 56h76M42 56c0-24 36-24 36 0"/>' +
    '<path d="M48 68l2 22M60 68v22M72 68l-2 22" stroke-opacity=".55"/>',
  // a cup of tea on a cleared desk
  done: '<path d="M36 58h40v22a18 18 0 0 1-18 18h-4a18 18 0 0 1-18-18z" fill="#fff"/><path d="M76 64h6a10 10 0 0 1 0 20h-7"/>' +
    '<path d="M46 46c-4-6 4-8 0-14M58 46c-4-6 4-8 0-14" stroke-opacity=".55"/>',
  // a ledger and a pen
  points: '<path d="M60 34c-9-7-21-9-32-9v66c11 0 23 2 32 9 9-7 21-9 32-9V25c-11 0-23 2-32 9z" fill="#fff"/>' +
    '<path d="M60 34v66"/><path d="M38 44c5 .4 9 1.5 13 3M38 58c5 .4 9 1.5 13 3M69 61c4-1.5 8-2.6 13-3" stroke-opacity=".55"/>',
  // steps that nobody stands on yet
  boards: '<path d="M24 104V74h24V54h24v30h24v20" fill="#fff"/><path d="M48 74v30M72 84v20" stroke-opacity=".55"/>' +
    '<path d="M60 40V22l14 5-14 6"/>',
  // a door that is locked
  reads: '<path d="M36 20h48v84H36z" fill="#fff"/><path d="M46 32h28v22H46z" stroke-opacity=".55"/>' +
    '<path d="M72 70a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM72 70v9"/>',
  // two chairs
  people: '<path d="M30 104V54a10 10 0 0 1 20 0v50M30 78h20M70 104V54a10 10 0 0 1 20 0v50M70 78h20" fill="#fff"/>',
  // a plug out of its socket
  error: '<path d="M20 64h18"/><path d="M38 50h14v28H38z" fill="#fff"/><path d="M52 56h9M52 72h9"/>' +
    '<path d="M78 46h10a12 12 0 0 1 12 12v12a12 12 0 0 1-12 12H78z" fill="#fff"/><path d="M68 40l-3-6M76 36l-1-7M68 92l-3 6" stroke-opacity=".55"/>',
} as const

export type Drawing = keyof typeof drawings
export const drawn = (name: Drawing): string => drawings[name] + ground
