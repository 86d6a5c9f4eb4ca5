using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Mail.Hosting.Local.Parameters;

/// <summary>Asks the real default once and keeps its answer (what <c>persist: true</c> means).</summary>
internal sealed class StoredParameterDefault(ParameterStore store, string name, ParameterDefault inner) : ParameterDefault
{
    public override string GetDefaultValue() => store.GetOrAdd(name, inner.GetDefaultValue);

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
}
