// Stars that read as stars: how many of five.
export const starNames = ['还没有星级', '一星志愿者', '二星志愿者', '三星志愿者', '四星志愿者', '五星志愿者']

/** ★★☆☆☆ */
export const starWords = (stars: number): string => '★'.repeat(stars) + '☆'.repeat(5 - stars)
