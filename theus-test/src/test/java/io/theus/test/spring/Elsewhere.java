package io.theus.test.spring;

import org.springframework.stereotype.Component;

@Component
class Elsewhere {

}
