package io.synchronik.impl.admin.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.item.DuplicateItemException;
import io.synchronik.item.UnknownItemException;
import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
  static Stream<Arguments> known() {
    return Stream.of(
        Arguments.of(new UnknownUnitException("SYNC-0060 no 'x'"), 404, "SYNC-0060"),
        Arguments.of(new UnknownRunException("SYNC-0061 no 'x'"), 404, "SYNC-0061"),
        Arguments.of(new UnknownItemException("SYNC-0087 no '1-2'"), 404, "SYNC-0087"),
        Arguments.of(new DuplicateItemException("SYNC-0086 key 'k'"), 409, "SYNC-0086"),
        Arguments.of(new UnitNotRunnableException("SYNC-0062 'x' is paused"), 409, "SYNC-0062"),
        Arguments.of(new WrongStateException("SYNC-0066: no"), 409, "SYNC-0066"),
        Arguments.of(new EngineStoppedException("SYNC-0063 stopped"), 503, "SYNC-0063"),
        Arguments.of(new InvalidPayloadException("no number", null), 400, null));
  }

  @ParameterizedTest
  @MethodSource("known")
  void tellsWhatTheEngineSays(RuntimeException thrown, int status, String code) {
    ProblemJson problem = Problems.of(thrown);

    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.detail()).isEqualTo(thrown.getMessage());
    assertThat(problem.code()).isEqualTo(code);
  }

  @Test
  void namesTheFieldOfAConfiguration() {
    ProblemJson problem =
        Problems.of(new InvalidConfigurationException("every", "SYNC-0071 every\nis wrong"));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo("every");
    assertThat(problem.code()).isEqualTo("SYNC-0071");
  }

  @Test
  void tellsNothingOfWhatIsUnexpectedButAReference() {
    ProblemJson problem = Problems.of(new IllegalStateException("secret"));

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.reference()).isNotBlank();
    assertThat(RecordJson.write(problem))
        .isEqualTo(
            """
            {"type":"about:blank","title":"Internal Server Error","status":500,"reference":"%s"}\
            """
                .formatted(problem.reference()));
  }

  @Test
  void passesItsOwnOn() {
    ProblemException thrown = ProblemException.badRequest("force", "must be true or false");

    assertThat(Problems.of(thrown)).isSameAs(thrown.problem());
  }
}
