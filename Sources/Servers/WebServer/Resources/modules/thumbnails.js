/** The small pictures of a recording: a WebVTT list, each of whose cues names a part of a sheet: `sheet.jpg#xywh=0,0,160,90`. */

const cuePattern = /^([\d:.]+) --> ([\d:.]+)\n(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/;

/** One picture, and the time that it stands for. */
class Thumbnail {
  /**
   * @param {RegExpMatchArray} cue
   * @param {string} list the address of the list
   */
  constructor([, start, end, sheet, ...place], list) {
    this.start = seconds(start);
    this.end = seconds(end);
    this.sheet = new URL(sheet, new URL(list, location.href)).href;
    [this.x, this.y, this.width, this.height] = place.map(Number);
  }

  /** @param {HTMLElement} element becomes the picture */
  show(element) {
    element.style.inlineSize = `${this.width}px`;
    element.style.blockSize = `${this.height}px`;
    element.style.backgroundImage = `url("${this.sheet}")`;
    element.style.backgroundPosition = `-${this.x}px -${this.y}px`;
  }
}

/**
 * @param {string | undefined} list the address of the list
 * @returns {Promise<Thumbnail[]>} none where there is no list
 */
export async function readThumbnails(list) {
  if (!list) return [];
  const answer = await fetch(list).catch(() => null);
  const text = answer?.ok ? await answer.text() : '';
  const cues = text.split('\n\n').map((block) => block.trim().match(cuePattern));
  return cues.flatMap((cue) => (cue ? [new Thumbnail(cue, list)] : []));
}

/** @param {string} clock `01:02:03.456` */
function seconds(clock) {
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
