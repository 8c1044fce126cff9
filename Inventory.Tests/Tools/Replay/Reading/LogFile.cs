using System.Text;
using Inventory.Tools.Display;
using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Planning;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tests.Tools.Replay.Reading;

/// <summary>Writes an order log of a test and reads it as a replay does.</summary>
internal sealed class LogFile : IDisposable
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    private readonly TemporaryFolder _folder = new();

    public IdentifierMapping Mapping { get; init; } = new();

    public string[] RejectedLines =>
        File.Exists(_folder.File("rejected.csv")) ? File.ReadAllLines(_folder.File("rejected.csv"))[1..] : [];

    public static string Row(
        string invoice = "536365",
        string stockCode = "85123A",
        string description = "HOLDER",
        string quantity = "6",
        string date = "12/1/10 8:26",
        string price = "2.55",
        string customer = "17850",
        string country = "United Kingdom",
        char delimiter = ',') =>
        string.Join(delimiter, invoice, stockCode, description, quantity, date, price, customer, country);

    public OrderLog Read(params string[] rows) => ReadBytes(Encoding.UTF8.GetBytes(string.Join("\r\n", [Header, .. rows])));

    public OrderLog ReadBytes(byte[] content) => ReadBytes(content, out _);

    public OrderLog ReadBytes(byte[] content, out LogFormat format)
    {
        var path = _folder.File("orders.csv");
        File.WriteAllBytes(path, content);
        using var rejected = new RejectedRowsFile(_folder.File("rejected.csv"));
        var log = new OrderLog(Mapping, rejected);
        format = log.Read(path, new ProgressCounter(2 * content.Length), CancellationToken.None);
        return log;
    }

    public static Invoice Single(OrderLog log) => Xunit.Assert.Single(log.Invoices.Invoices);

    public void Dispose() => _folder.Dispose();
}
