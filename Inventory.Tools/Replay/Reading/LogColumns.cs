namespace Inventory.Tools.Replay.Reading;

/// <summary>Where the columns of the UCI Online Retail data stand in a file, and what separates them.</summary>
internal sealed class LogColumns
{
    private static readonly string[] Names =
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];

    // The same shop's second data set (Online Retail II) names two columns otherwise.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Invoice"] = "InvoiceNo",
        ["Price"] = "UnitPrice",
    };

    private readonly int[] _positions;

    private LogColumns(char delimiter, int count, int[] positions)
    {
        Delimiter = delimiter;
        Count = count;
        _positions = positions;
    }

    public char Delimiter { get; }

    /// <summary>All columns of the file, those that mean nothing here included.</summary>
    public int Count { get; }

    public int Invoice => _positions[0];

    public int StockCode => _positions[1];

    public int Description => _positions[2];

    public int Quantity => _positions[3];

    public int Date => _positions[4];

    public int Price => _positions[5];

    public int Customer => _positions[6];

    public int Country => _positions[7];

    /// <exception cref="ToolException">A column is missing.</exception>
    public static LogColumns FromHeader(string? header, string file)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            throw new ToolException($"{file} has no header line, so its columns are unknown.");
        }

        var comma = Locate(header, ',');
        var semicolon = Locate(header, ';');
        var best = comma.Missing.Count <= semicolon.Missing.Count ? comma : semicolon;
        return best.Missing.Count == 0
            ? best.Columns
            : throw new ToolException($"{file} lacks the column{(best.Missing.Count == 1 ? "" : "s")} {string.Join(", ", best.Missing)}.");
    }

    private static (LogColumns Columns, List<string> Missing) Locate(string header, char delimiter)
    {
        var fields = new List<string>();
        new FieldSplitter(delimiter).Split(header, fields);
        var found = fields.ConvertAll(Normalise);
        var positions = Array.ConvertAll(Names, name => found.FindIndex(field => field.Equals(name, StringComparison.OrdinalIgnoreCase)));
        var missing = Names.Where((_, index) => positions[index] < 0).ToList();
        return (new LogColumns(delimiter, fields.Count, positions), missing);
    }

    private static string Normalise(string field)
    {
        var name = field.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return OtherNames.GetValueOrDefault(name, name);
    }
}
