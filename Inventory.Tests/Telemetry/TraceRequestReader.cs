using Google.Protobuf;

namespace Inventory.Tests.Telemetry;

/// <summary>
/// Reads the spans of an OTLP <c>ExportTraceServiceRequest</c>. Field numbers are those of the OpenTelemetry protocol.
/// </summary>
internal static class TraceRequestReader
{
    public static IReadOnlyList<CollectedSpan> Read(byte[] request)
    {
        var spans = new List<CollectedSpan>();
        foreach (var resourceSpans in Messages(request, field: 1))
        {
            var service = Messages(resourceSpans, field: 1).Select(ServiceName).FirstOrDefault(name => name is not null);
            spans.AddRange(Messages(resourceSpans, field: 2)
                .SelectMany(scopeSpans => Messages(scopeSpans, field: 2))
                .Select(span => ReadSpan(service ?? "", span)));
        }

        return spans;
    }

    private static CollectedSpan ReadSpan(string service, byte[] span) => new(
        service,
        Hexadecimal(span, field: 1),
        Hexadecimal(span, field: 2),
        Hexadecimal(span, field: 4),
        System.Text.Encoding.UTF8.GetString(Messages(span, field: 5).FirstOrDefault() ?? []));

    private static string? ServiceName(byte[] resource) =>
        Messages(resource, field: 1)
            .Where(attribute => Text(attribute, field: 1) == "service.name")
            .Select(attribute => Text(Messages(attribute, field: 2).First(), field: 1))
            .FirstOrDefault();

    private static string Text(byte[] message, uint field) =>
        System.Text.Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault() ?? []);

    private static string Hexadecimal(byte[] message, uint field) =>
        Convert.ToHexStringLower(Messages(message, field).FirstOrDefault() ?? []);

    /// <summary>The values of a length-delimited field: messages, strings and bytes look alike.</summary>
    private static List<byte[]> Messages(byte[] message, uint field)
    {
        var input = new CodedInputStream(message);
        var values = new List<byte[]>();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field
                && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                values.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return values;
    }
}
