using Microsoft.Extensions.Options;

namespace Inventory.Cassandra;

/// <summary>The ranges that the options say, checked without reflection, which a start would wait for.</summary>
[OptionsValidator]
internal sealed partial class CassandraOptionsValidator : IValidateOptions<CassandraOptions>;
