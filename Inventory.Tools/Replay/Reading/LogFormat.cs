using System.Text;

namespace Inventory.Tools.Replay.Reading;

/// <summary>The form that a file was found to have.</summary>
internal sealed record LogFormat(Encoding Encoding, char Delimiter)
{
    public override string ToString() =>
        $"{(Encoding.Equals(Encoding.UTF8) ? "UTF-8" : "Latin-1")}, {(Delimiter == ',' ? "comma" : "semicolon")}-separated";
}
