package files

import "image"

// turn applies an EXIF orientation from 1 to 8. A photograph is turned as it lies
// in memory, each colour in its own plane: drawn in one it would take three times
// the room.
func turn(img image.Image, how int) image.Image {
	if how < 2 || how > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	target := image.Rect(0, 0, w, h)
	if how >= 5 {
		target = image.Rect(0, 0, h, w)
	}
	switch img := img.(type) {
	case *image.Gray:
		out := image.NewGray(target)
		turnPlane(out.Pix, out.Stride, img.Pix, img.Stride, w, h, how)
		return out
	case *image.YCbCr:
		if ratio, known := turnedRatio(img.SubsampleRatio, how); known {
			out := image.NewYCbCr(target, ratio)
			cw, ch := coarse(w, h, img.SubsampleRatio)
			turnPlane(out.Y, out.YStride, img.Y, img.YStride, w, h, how)
			turnPlane(out.Cb, out.CStride, img.Cb, img.CStride, cw, ch, how)
			turnPlane(out.Cr, out.CStride, img.Cr, img.CStride, cw, ch, how)
			return out
		}
	}
	out := image.NewRGBA(target)
	for y := range h {
		for x := range w {
			tx, ty := place(how, x, y, w, h)
			out.Set(tx, ty, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// turnPlane turns one byte a point, w points wide and h high.
func turnPlane(to []byte, toStride int, from []byte, fromStride, w, h, how int) {
	for y := range h {
		for x := range w {
			tx, ty := place(how, x, y, w, h)
			to[ty*toStride+tx] = from[y*fromStride+x]
		}
	}
}

// turnedRatio is how the colours of a turned photograph are spread; not known
// where they were spread unevenly in a way that has no name the other way round.
func turnedRatio(ratio image.YCbCrSubsampleRatio, how int) (image.YCbCrSubsampleRatio, bool) {
	upright := how < 5
	switch ratio {
	case image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio420:
		return ratio, true
	case image.YCbCrSubsampleRatio422:
		if upright {
			return ratio, true
		}
		return image.YCbCrSubsampleRatio440, true
	case image.YCbCrSubsampleRatio440:
		if upright {
			return ratio, true
		}
		return image.YCbCrSubsampleRatio422, true
	}
	return ratio, false
}

// coarse is how many points of colour stand for so many of light.
func coarse(w, h int, ratio image.YCbCrSubsampleRatio) (int, int) {
	if ratio == image.YCbCrSubsampleRatio422 || ratio == image.YCbCrSubsampleRatio420 {
		w = (w + 1) / 2
	}
	if ratio == image.YCbCrSubsampleRatio440 || ratio == image.YCbCrSubsampleRatio420 {
		h = (h + 1) / 2
	}
	return w, h
}
