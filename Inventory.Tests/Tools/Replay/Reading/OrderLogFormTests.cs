using System.Text;
using Inventory.Tools;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tests.Tools.Replay.Reading;

public sealed class OrderLogFormTests : IDisposable
{
    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(',', "2.55")]
    [InlineData(',', "\"2,55\"")]
    [InlineData(';', "2,55")]
    [InlineData(';', "2.55")]
    [InlineData(';', "1.002,55")]
    public void Either_delimiter_goes_with_either_decimal_mark(char delimiter, string price)
    {
        var text = LogFile.Header.Replace(',', delimiter) + "\n" + LogFile.Row(price: price, delimiter: delimiter) + "\n";

        var log = _file.ReadBytes(Encoding.UTF8.GetBytes(text), out var format);

        Assert.Equal(delimiter, format.Delimiter);
        Assert.Equal((1, 1), (log.Rows.Read, log.Rows.Used));
        Assert.Equal(6, Assert.Single(LogFile.Single(log).ToLines()).Quantity);
    }

    [Theory]
    [InlineData("12/1/10 8:26")]
    [InlineData("12/1/2010 8:26")]
    [InlineData("12/01/2010 08:26:00")]
    [InlineData("31/12/2010 08:26")]
    [InlineData("01.12.2010 08:26")]
    [InlineData("2010-12-01 08:26:00")]
    [InlineData("2010-12-01T08:26:00")]
    [InlineData("2010-12-01T08:26:00.123Z")]
    [InlineData("2010-12-01T08:26:00+01:00")]
    [InlineData("2010-12-01")]
    public void Dates_come_in_many_forms(string date) =>
        Assert.Equal(1, _file.Read(LogFile.Row(date: date)).Rows.Used);

    [Theory]
    [InlineData("utf-8", false, "UTF-8")]
    [InlineData("utf-8", true, "UTF-8")]
    [InlineData("iso-8859-1", false, "Latin-1")]
    public void The_encoding_is_found_by_reading(string encodingName, bool mark, string found)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var text = LogFile.Header + "\n" + LogFile.Row(description: "CAFÉ £1 SIGN", country: "Réunion") + "\n";
        byte[] content = [.. mark ? Encoding.UTF8.Preamble : [], .. encoding.GetBytes(text)];

        var log = _file.ReadBytes(content, out var format);

        Assert.StartsWith(found, format.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, log.Rows.Used);
        Assert.Equal("Réunion", Assert.Single(_file.Mapping.Countries.Names).Name);
        Assert.Equal("CAFÉ £1 SIGN", Assert.Single(_file.Mapping.StockCodes.Names).Description);
    }

    [Fact]
    public void A_character_cut_by_the_read_buffer_is_still_utf_8()
    {
        var rows = Enumerable.Range(0, 20_000).Select(number => LogFile.Row(invoice: $"{number}", description: "É£É£É"));

        _file.ReadBytes(Encoding.UTF8.GetBytes(string.Join('\n', [LogFile.Header, .. rows])), out var format);

        Assert.StartsWith("UTF-8", format.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Lines_end_either_way_and_blank_ones_are_no_rows(string lineEnd)
    {
        var text = string.Join(lineEnd, LogFile.Header, LogFile.Row(), "", LogFile.Row(stockCode: "71053"), "  ", "");

        var log = _file.ReadBytes(Encoding.UTF8.GetBytes(text));

        Assert.Equal((2, 2, 0), (log.Rows.Read, log.Rows.Used, log.Rows.Rejected));
    }

    [Theory]
    [InlineData("\"SET, OF 3\"", "SET, OF 3")]
    [InlineData("\"A \"\"GOOD\"\" ONE\"", "A \"GOOD\" ONE")]
    [InlineData("12\" RULER", "12\" RULER")]
    [InlineData("\"TWO\r\nLINES\"", "TWO\nLINES")]
    [InlineData("\"\"", "")]
    public void Quoted_fields_are_read(string written, string description)
    {
        var log = _file.Read(LogFile.Row(description: written), LogFile.Row(stockCode: "71053"));

        Assert.Equal((2, 2), (log.Rows.Read, log.Rows.Used));
        Assert.Equal(description, _file.Mapping.StockCodes.Names.First().Description);
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_one_row()
    {
        var log = _file.Read(
            LogFile.Row(),
            LogFile.Row(description: "\"NEVER CLOSED"),
            LogFile.Row(description: "\"QUOTED, WELL\"", stockCode: "71053"),
            LogFile.Row(stockCode: "22633"));

        Assert.Equal((4, 3, 1), (log.Rows.Read, log.Rows.Used, log.Rows.Rejected));
        Assert.StartsWith("3,malformed-quoting,", Assert.Single(_file.RejectedLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Header_names_are_found_in_any_case_and_order()
    {
        const string Text = """
            id;COUNTRY;customer id;Price;invoice_date;quantity;Description;stockcode;"Invoice"
            1;France;12583;3,75;1.12.2010 08:45;24;CLOCK;22728;536370
            """;

        var log = _file.ReadBytes(Encoding.UTF8.GetBytes(Text));

        var invoice = LogFile.Single(log);
        Assert.Equal(("536370", "12583", 24), (invoice.Number, invoice.Customer, Assert.Single(invoice.ToLines()).Quantity));
    }

    [Theory]
    [InlineData("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID", "lacks the columns Description, Country.")]
    [InlineData("InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID", "lacks the column Country.")]
    [InlineData("", "has no header line")]
    public void Missing_columns_are_named_in_one_sentence(string header, string sentence)
    {
        var exception = Assert.Throws<ToolException>(() => _file.ReadBytes(Encoding.UTF8.GetBytes(header)));

        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        _file.Read(
            LogFile.Row(description: "\"THREE\r\nLINES\r\nLONG\""),
            "",
            LogFile.Row(quantity: "0"));

        Assert.StartsWith($"6,{RejectReason.QuantityZero.Code()},", Assert.Single(_file.RejectedLines), StringComparison.Ordinal);
    }
}
