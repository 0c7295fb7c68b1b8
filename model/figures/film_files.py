"""Writing a film of tiles: a GIF by pillow, which is always here, or an MP4 by the program ffmpeg if there is one.

The command line writes beside the place and renames, so that a film that breaks off leaves the earlier one.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from PIL import Image

from model.figures.animation import TileFilm

HOLD, LAST = 130, 2500  # how long a frame stands, and the last one [ms]
KINDS = (".gif", ".mp4")


def write_gif(film: TileFilm, file: Path) -> None:
    """Write the film as a GIF, which needs nothing but pillow."""
    palette = film.palette()
    first, *rest = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in film.frames()]
    durations = [HOLD] * len(rest) + [LAST]
    first.save(file, format="GIF", save_all=True, append_images=rest, duration=durations, loop=0, optimize=False)


def has_ffmpeg() -> bool:
    """Say whether the program that makes MP4 is here."""
    return shutil.which("ffmpeg") is not None


def write_mp4(film: TileFilm, file: Path) -> None:
    """Write the film as MP4 through ffmpeg; an `OSError` says that it did not manage."""
    frames = film.frames()
    first = next(frames)
    order = [
        "ffmpeg", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
        "-s", f"{first.width}x{first.height}", "-r", f"{1000 / HOLD:.3f}", "-i", "-",
        "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white", "-pix_fmt", "yuv420p", "-f", "mp4", str(file),
    ]  # fmt: skip
    with subprocess.Popen(order, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as ffmpeg:
        try:
            if ffmpeg.stdin is not None:
                ffmpeg.stdin.write(first.tobytes())
                for frame in frames:
                    ffmpeg.stdin.write(frame.tobytes())
        except BrokenPipeError:
            pass  # it says itself why it stopped
        _, said = ffmpeg.communicate()
    if ffmpeg.returncode != 0:
        words = said.decode(errors="replace").strip().splitlines()
        raise OSError(0, f"ffmpeg did not write it: {words[-1] if words else 'no reason given'}", str(file))
