namespace Inventory.Tools.Replay.Reading;

/// <summary>Makes sense of rows, or says why there is none in them.</summary>
internal sealed class RowParser(LogColumns columns)
{
    private readonly LogDates _dates = new();

    public RejectReason TryParse(LogRecord record, out LogRow row)
    {
        row = default;
        if (record.Fields is not { } fields)
        {
            return RejectReason.MalformedQuoting;
        }

        if (fields.Count != columns.Count)
        {
            return RejectReason.WrongNumberOfColumns;
        }

        var invoice = fields[columns.Invoice].Trim().ToUpperInvariant();
        var stockCode = fields[columns.StockCode].Trim();
        var country = fields[columns.Country].Trim();
        var isCredit = invoice.StartsWith('C');
        var reason = CheckTexts(invoice, stockCode, country);
        reason = reason != RejectReason.None ? reason : CheckQuantity(fields[columns.Quantity], isCredit, out row);
        reason = reason != RejectReason.None ? reason : CheckPrice(fields[columns.Price]);
        if (reason == RejectReason.None && !_dates.IsDate(fields[columns.Date]))
        {
            reason = RejectReason.DateNotUnderstood;
        }

        row = row with
        {
            Invoice = invoice,
            IsCredit = isCredit,
            StockCode = stockCode,
            Description = fields[columns.Description].Trim(),
            Customer = fields[columns.Customer].Trim(),
            Country = country,
        };
        return reason;
    }

    private static RejectReason CheckTexts(string invoice, string stockCode, string country) =>
        invoice.Length == 0 ? RejectReason.MissingInvoiceNumber
        : stockCode.Length == 0 ? RejectReason.MissingStockCode
        : country.Length == 0 ? RejectReason.MissingCountry
        : NonStockCodes.Contains(stockCode) ? RejectReason.NotAStockItem
        : RejectReason.None;

    private static RejectReason CheckQuantity(string text, bool isCredit, out LogRow row)
    {
        row = default;
        var reason = LogNumbers.ParseQuantity(text, out var quantity);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        row = row with { Quantity = Math.Abs(quantity) };
        return (quantity, isCredit) switch
        {
            (0, _) => RejectReason.QuantityZero,
            ( < 0, false) => RejectReason.NegativeQuantityInOrder,
            ( > 0, true) => RejectReason.PositiveQuantityInCancellation,
            _ => RejectReason.None,
        };
    }

    private static RejectReason CheckPrice(string text) =>
        !LogNumbers.TryParsePrice(text, out var price) ? RejectReason.PriceNotANumber
        : price < 0 ? RejectReason.NegativePrice
        : RejectReason.None;
}
