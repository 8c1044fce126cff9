using FsCheck;
using FsCheck.Fluent;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tests.Tools.Replay.Reading;

public sealed class RejectedRowTests : IDisposable
{
    private readonly LogFile _file = new();

    public static TheoryData<string, string> SenselessRows => new()
    {
        { LogFile.Row(description: "\"A\"B"), "malformed-quoting" },
        { LogFile.Row() + ",more", "wrong-number-of-columns" },
        { "536365,85123A", "wrong-number-of-columns" },
        { LogFile.Row(invoice: " "), "missing-invoice-number" },
        { LogFile.Row(stockCode: ""), "missing-stock-code" },
        { LogFile.Row(country: ""), "missing-country" },
        { LogFile.Row(stockCode: "POST"), "not-a-stock-item" },
        { LogFile.Row(stockCode: "m"), "not-a-stock-item" },
        { LogFile.Row(stockCode: "BANK CHARGES"), "not-a-stock-item" },
        { LogFile.Row(stockCode: "gift_0001_20"), "not-a-stock-item" },
        { LogFile.Row(quantity: "six"), "quantity-not-a-number" },
        { LogFile.Row(quantity: ""), "quantity-not-a-number" },
        { LogFile.Row(quantity: "1.5"), "quantity-not-a-number" },
        { LogFile.Row(quantity: "\"1,000\""), "quantity-not-a-number" },
        { LogFile.Row(quantity: "2147483648"), "quantity-out-of-range" },
        { LogFile.Row(quantity: "-2147483648", invoice: "C1"), "quantity-out-of-range" },
        { LogFile.Row(quantity: "99999999999999999999"), "quantity-out-of-range" },
        { LogFile.Row(quantity: "0"), "quantity-zero" },
        { LogFile.Row(quantity: "-6"), "negative-quantity-in-order" },
        { LogFile.Row(quantity: "6", invoice: "C536365"), "positive-quantity-in-cancellation" },
        { LogFile.Row(price: "free"), "price-not-a-number" },
        { LogFile.Row(price: ""), "price-not-a-number" },
        { LogFile.Row(price: "-0.01"), "negative-price" },
        { LogFile.Row(date: "yesterday"), "date-not-understood" },
        { LogFile.Row(date: "13/13/2010 8:26"), "date-not-understood" },
        { LogFile.Row(date: ""), "date-not-understood" },
    };

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(SenselessRows))]
    public void A_row_that_makes_no_sense_is_listed_with_its_reason(string row, string reason)
    {
        var log = _file.Read(LogFile.Row(), row);

        Assert.Equal((2, 1, 1), (log.Rows.Read, log.Rows.Used, log.Rows.Rejected));
        Assert.Equal(reason, Assert.Single(log.Rows.RejectedByReason).Key.Code());
        Assert.StartsWith($"3,{reason},", Assert.Single(_file.RejectedLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zero_price_and_an_unknown_customer_are_an_order() =>
        Assert.Equal(1, _file.Read(LogFile.Row(price: "0", customer: "")).Rows.Used);

    [Fact]
    public void A_sum_that_overflows_rejects_the_row_that_makes_it_do_so()
    {
        var log = _file.Read(LogFile.Row(quantity: "2147483647"), LogFile.Row(quantity: "1"), LogFile.Row(stockCode: "71053"));

        Assert.Equal((3, 2), (log.Rows.Read, log.Rows.Used));
        Assert.Equal(RejectReason.QuantityOutOfRange, Assert.Single(log.Rows.RejectedByReason).Key);
        Assert.Equal([6, int.MaxValue], LogFile.Single(log).ToLines().Select(line => line.Quantity).Order());
    }

    [Fact]
    public void Whatever_a_file_holds_rows_read_are_rows_used_plus_rows_rejected()
    {
        var cell = Gen.Elements("", "536365", "C1", "POST", "85123A", "6", "-6", "0", "2.55", "2,55", "12/1/10 8:26", "France", "\"", "a\"b", "\"x,y\"", "\"a\nb\"", ",", ";", "É");
        var senseless = Gen.ListOf(cell).Select(cells => string.Join(',', cells));
        var sound = from invoice in Gen.Elements("1", "2", "C3")
                    from quantity in Gen.Elements("1", "-1", "5")
                    select LogFile.Row(invoice: invoice, quantity: quantity);
        var rows = Gen.ListOf(Gen.OneOf(senseless, sound)).Select(list => list.ToArray());

        Prop.ForAll(rows.ToArbitrary(), list =>
        {
            using var file = new LogFile();
            var log = file.Read(list);
            return log.Rows.Read == log.Rows.Used + log.Rows.Rejected
                && log.Rows.Rejected == log.Rows.RejectedByReason.Values.Sum();
        }).QuickCheckThrowOnFailure();
    }
}
