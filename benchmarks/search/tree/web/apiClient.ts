export type BookingAnswer = { ok: true; bookingId: string } | { ok: false; message: string };

const RETRY_STATUS = new Set([429, 502, 503]);

export async function postBooking(form: FormData, attempts = 3): Promise<BookingAnswer> {
  const response = await fetch("/api/bookings", { method: "POST", body: form });
  if (RETRY_STATUS.has(response.status) && attempts > 1) {
    const seconds = Number(response.headers.get("Retry-After") ?? 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return postBooking(form, attempts - 1);
  }
  return response.json();
}
