using Inventory.Tests.Tools.Replay.Reading;
using Inventory.Tools;
using Inventory.Tools.Replay.Mapping;

namespace Inventory.Tests.Tools.Replay.Mapping;

public sealed class MappingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("replay/mapping.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_of_every_file_are_kept_with_the_first_description()
    {
        Keep(LogFile.Row(stockCode: "85123A", description: ""), LogFile.Row(stockCode: "85123a", description: "\"HOLDER, \"\"WHITE\"\"\""));
        Keep(LogFile.Row(stockCode: "71053", description: "LANTERN", country: "France"), LogFile.Row(stockCode: "85123A", description: "OTHER"));

        var kept = new IdentifierMapping();
        MappingFile.Load(Path, kept);

        Assert.Equal(
            [("71053", "LANTERN"), ("85123A", "HOLDER, \"WHITE\"")],
            kept.StockCodes.Names.Select(name => (name.Name, name.Description)).Order());
        Assert.Equal(["France", "United Kingdom"], kept.Countries.Names.Select(name => name.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_printed_as_it_is_kept()
    {
        Keep(LogFile.Row());
        var kept = new IdentifierMapping();
        MappingFile.Load(Path, kept);
        using var output = new StringWriter();

        MappingFile.Write(output, kept);

        Assert.Equal(File.ReadAllText(Path), output.ToString());
        Assert.Contains(FormattableString.Invariant($"StockCode,85123A,HOLDER,{IdentifierHash.VendorItemId("85123A")}"), output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kind,Name,Description,Id\r\nStockCode,85123A,HOLDER,17\r\n")]
    [InlineData("Kind,Name,Description,Id\r\nStockCode,85123A\r\n")]
    [InlineData("Kind,Name,Description,Id\r\nShelf,85123A,HOLDER,17\r\n")]
    [InlineData("Kind,Name,Description,Id\r\nStockCode,85123A,HOLDER,many\r\n")]
    public void A_file_that_contradicts_the_mapping_is_not_believed(string content)
    {
        Directory.CreateDirectory(_folder.File("replay"));
        File.WriteAllText(Path, content);

        Assert.Contains(Path, Assert.Throws<ToolException>(() => MappingFile.Load(Path, new IdentifierMapping())).Message, StringComparison.Ordinal);
    }

    private void Keep(params string[] rows)
    {
        using var file = new LogFile();
        MappingFile.Load(Path, file.Mapping);
        file.Read(rows);
        MappingFile.Save(Path, file.Mapping);
    }
}
