"""Turns an order into an invoice."""

from orders.model import Invoice, InvoiceLine
from orders.money import Money
from orders.numbering import invoice_number
from orders.pricing import line_net
from orders.tax import tax_on


class Invoicing:
    def __init__(self, catalog, converter):
        self._catalog = catalog
        self._converter = converter

    def invoice(self, order):
        """The invoice of one order, in the currency that the customer chose."""
        lines = tuple(self._line(line, order.currency) for line in order.lines)
        net_by_class = {}
        for line in lines:
            before = net_by_class.get(line.tax_class, Money.zero(order.currency))
            net_by_class[line.tax_class] = before + line.net
        net = sum((line.net for line in lines), Money.zero(order.currency)).rounded()
        return Invoice(
            invoice_number(order.number),
            order.day,
            order.country,
            order.currency,
            lines,
            net,
            tax_on(net_by_class, order.country),
        )

    def _line(self, line, currency):
        product = self._catalog.product(line.sku)
        net = line_net(product, line.quantity)
        return InvoiceLine(
            product.title,
            line.quantity,
            self._converter.convert(net, currency),
            net.currency,
            product.tax_class,
        )
