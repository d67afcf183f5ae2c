"""Invoices as PDF."""


def render_invoice(invoice, fonts):
    page = fonts.new_page(width_mm=210, height_mm=297)
    page.text(20, 270, f"Invoice {invoice.number}")
    top = 240
    for item in invoice.items:
        page.text(20, top, item.label)
        page.text(170, top, f"{item.amount:.2f}", align="right")
        top -= 6
        if top < 30:
            page = page.break_page()
            top = 270
    return page.finish()
