using Inventory.Tools;

namespace Inventory.Tests.Tools;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("0", 0)]
    public void Spans_are_read_as_people_type_them(string text, int milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("1e300h")]
    [InlineData("9999999h")]
    public void Anything_else_is_no_span(string? text) => Assert.False(Duration.TryParse(text, out _));
}
