using System.Text;
using Mail.Core.Mailboxes.Providers.Ses;
using Mail.Core.Relays.Http;

namespace Mail.Tests.Core.Mailboxes.Providers.Ses;

/// <summary>Our signatures and passwords beside those of others.</summary>
public sealed class AwsVectorTests
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Secret _secret = new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    /// <summary>Computed by AWS's documented steps in Python, with its hmac and hashlib.</summary>
    [Theory]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9")]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "eu-west-3", "BDDdpSTzbzUY3SJq/n4Oq7heDuCWbOtogMi5S3AR673+")]
    [InlineData("fake/Secret+Key/Of/This/Test", "us-gov-west-1", "BLDgqyMRHqjig+FoKkjklO5yVT4m313Zb+rj2Xnwycy2")]
    public void An_SMTP_password_is_derived_as_AWS_documents_it(string secret, string region, string password) => Assert.Equal(password, SesSmtpPassword.Derive(new Secret(secret), region));

    /// <summary>Computed by botocore 1.43. What stands encoded in the path is encoded once more.</summary>
    [Fact]
    public void A_signature_is_that_of_AWSs_own_library()
    {
        KeyValuePair<string, string> date = new("x-amz-date", "20261121T120000Z");
        KeyValuePair<string, string> type = new("content-type", "application/x-www-form-urlencoded");
        byte[] form = Encoding.ASCII.GetBytes("Action=GetUser&Version=2010-05-08&UserName=mail-mailbox-check");

        string get = AwsSignature.Sign(HttpMethod.Get, new Uri("https://email.eu-west-3.amazonaws.com/v2/email/identities/support%40example.com"), [new("host", "email.eu-west-3.amazonaws.com"), date], [], _noon, "eu-west-3", "ses", "AKIDEXAMPLE", _secret);
        string post = AwsSignature.Sign(HttpMethod.Post, new Uri("https://iam.amazonaws.com/"), [new("host", "iam.amazonaws.com"), date, type], form, _noon, "us-east-1", "iam", "AKIDEXAMPLE", _secret);

        Assert.EndsWith("Signature=ad42dda712bd63e4b3e6d2330c3fd4db575e5aa97577863a2ae205c9ea288b7e", get, StringComparison.Ordinal);
        Assert.EndsWith("Signature=371b552157d5aea8047d6677090b8af9cb055c400ba4dd58e3f4413b12dc257b", post, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-3", "https://email.eu-west-3.amazonaws.com", "email-smtp.eu-west-3.amazonaws.com", "https://iam.amazonaws.com", "us-east-1")]
    [InlineData("us-gov-west-1", "https://email.us-gov-west-1.amazonaws.com", "email-smtp.us-gov-west-1.amazonaws.com", "https://iam.us-gov.amazonaws.com", "us-gov-west-1")]
    [InlineData("cn-northwest-1", "https://email.cn-northwest-1.amazonaws.com.cn", "email-smtp.cn-northwest-1.amazonaws.com.cn", "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    public void Each_region_has_its_places(string region, string ses, string smtp, string iam, string iamRegion) => Assert.Equal(new AwsPlaces(ses, smtp, iam, iamRegion), AwsPlaces.Of(region));
}
