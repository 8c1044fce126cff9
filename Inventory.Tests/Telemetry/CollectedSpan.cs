namespace Inventory.Tests.Telemetry;

/// <summary>What a service reported of one span.</summary>
/// <param name="Service">The resource's <c>service.name</c>.</param>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="ParentSpanId">16 hexadecimal digits, or empty at the root.</param>
/// <param name="Name">As the conventions name it.</param>
internal sealed record CollectedSpan(string Service, string TraceId, string SpanId, string ParentSpanId, string Name);
