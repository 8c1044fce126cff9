using System.Globalization;
using System.Text;
using CsvHelper;

namespace Inventory.Tools.Replay.Mapping;

/// <summary>Keeps the mapping of every file ever replayed, as a CSV that people and scripts can read.</summary>
internal static class MappingFile
{
    private const string StockCodeKind = "StockCode";
    private const string CountryKind = "Country";

    private static readonly string[] Header = ["Kind", "Name", "Description", "Id"];

    /// <summary>Adds what the file holds; the numbers follow from the names, so the file is checked rather than believed.</summary>
    public static void Load(string path, IdentifierMapping mapping)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        try
        {
            reader.Read();
            reader.ReadHeader();
            while (reader.Read())
            {
                Add(reader, mapping, path);
            }
        }
        catch (CsvHelperException)
        {
            throw new ToolException($"{path} is damaged near line {reader.Parser.RawRow}: remove it, the next replay writes it anew.");
        }
    }

    /// <summary>Replaces the file in one step, so that a crash leaves the old one or the new one.</summary>
    public static void Save(string path, IdentifierMapping mapping)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Environment.ProcessId}";
        using (var file = new StreamWriter(unfinished, append: false, new UTF8Encoding(false)))
        {
            Write(file, mapping);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    public static void Write(TextWriter output, IdentifierMapping mapping)
    {
        using var writer = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        WriteRecord(writer, Header);
        foreach (var (kind, map) in Kinds(mapping))
        {
            foreach (var name in map.Names.OrderBy(name => name.Name, StringComparer.OrdinalIgnoreCase))
            {
                WriteRecord(writer, [kind, name.Name, name.Description, name.Id.ToString(CultureInfo.InvariantCulture)]);
            }
        }
    }

    private static void Add(CsvReader reader, IdentifierMapping mapping, string path)
    {
        var kind = reader.GetField(0);
        var name = reader.GetField(1) ?? "";
        var map = Kinds(mapping).FirstOrDefault(candidate => candidate.Kind == kind).Map;
        if (map is null || !map.TryMap(name, out var mapped) || mapped.Id != reader.GetField<long>(3))
        {
            throw new ToolException($"{path} gives {kind} \"{name}\" another number than this version does: remove it, the next replay writes it anew.");
        }

        if (mapped.Description.Length == 0)
        {
            mapped.Description = reader.GetField(2) ?? "";
        }
    }

    private static IEnumerable<(string Kind, NameMap Map)> Kinds(IdentifierMapping mapping) =>
        [(StockCodeKind, mapping.StockCodes), (CountryKind, mapping.Countries)];

    private static void WriteRecord(CsvWriter writer, string[] fields)
    {
        foreach (var field in fields)
        {
            writer.WriteField(field);
        }

        writer.NextRecord();
    }
}
