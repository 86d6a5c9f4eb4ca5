using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Mail.Core.Templates;

/// <summary>Refuses to write a date or a list as it is: it would come out in no language at all. Helpers write dates, each goes through lists.</summary>
internal sealed class BareValues : IFormatterProvider, IFormatter
{
    public bool TryCreateFormatter(Type type, out IFormatter formatter)
    {
        formatter = this;
        return type == typeof(DateTimeOffset) || type == typeof(List<Dictionary<string, object?>>);
    }

    public void Format<T>(T value, in EncodedTextWriter writer) => throw new HandlebarsRuntimeException(value is DateTimeOffset
        ? "A date is written by {{date}}, {{time}} or {{datetime}}."
        : "A list is written by {{#each}}.");
}
