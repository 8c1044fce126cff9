using System.Globalization;
using System.Text;
using CsvHelper;

namespace Inventory.Tools.Replay.Reading;

/// <summary>Lists the rows that make no sense. The file appears with the first of them.</summary>
internal sealed class RejectedRowsFile(string path) : IDisposable
{
    private CsvWriter? _writer;

    public string Path { get; } = path;

    public void Write(LogRecord record, RejectReason reason)
    {
        _writer ??= Create();
        _writer.WriteField(record.LineNumber);
        _writer.WriteField(reason.Code());
        _writer.WriteField(record.Raw);
        _writer.NextRecord();
    }

    public void Dispose() => _writer?.Dispose();

    private CsvWriter Create()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var writer = new CsvWriter(new StreamWriter(Path, append: false, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        writer.WriteField("Line");
        writer.WriteField("Reason");
        writer.WriteField("Row");
        writer.NextRecord();
        return writer;
    }
}
